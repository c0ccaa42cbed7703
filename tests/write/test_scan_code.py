"""The code on a poster: a decoder that is not ours reads it from the printed page and from the Word file."""

from __future__ import annotations

import io
import re
import subprocess
from base64 import b64decode
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import pytest
import zxingcpp
from lxml import etree
from organisations import ALL, EVERYTHING, PROFILES, built, policies, printed_in
from PIL import Image
from sample import ADDRESS, CODE_WORDS, sample_document
from small import PROFILE, Small
from tools import outside_tool

from policygen.model.document import Document, ScanCode
from policygen.present.edition import present
from policygen.write.docx.writer import DocxWriter
from policygen.write.html.writer import HtmlWriter
from policygen.write.markdown.writer import MarkdownWriter
from policygen.write.pdf.large_print import LargePrintPdfWriter
from policygen.write.pdf.writer import PdfWriter
from policygen.write.scan_code import QUIET_ZONE, scan_png, scan_svg
from policygen.write.text.writer import TextWriter

DPI = 150  # fewer than any printer has
MILLIMETRE = DPI / 25.4
EMU = 36_000  # to the millimetre
LEAST = 20  # millimetres
APPROVED = [
    one for one in ALL if "  status: approved" in (PROFILES / one / "profile.yaml").read_text()
]
# A policy in force, a draft, a short one, one in two languages.
SOME = ("fenwick", "rauporoa", "little-marden", "glanmorfa")


def decoded(picture: Image.Image) -> list[str]:
    """What a telephone would read off a picture."""
    return [found.text for found in zxingcpp.read_barcodes(picture.convert("L"))]


def sheet(pdf: bytes, page: int = 1) -> Image.Image:
    """A page of a PDF as it is printed."""
    options = ["-r", str(DPI), "-gray", "-f", str(page), "-l", str(page), "-"]
    done = subprocess.run(
        [outside_tool("pdftoppm"), *options], input=pdf, capture_output=True, check=True
    )
    return Image.open(io.BytesIO(done.stdout))


def width(picture: Image.Image) -> float:
    """How wide the code is on a sheet, without its quiet zone, in millimetres."""
    [found] = zxingcpp.read_barcodes(picture.convert("L"))
    return (found.position.top_right.x - found.position.top_left.x) / MILLIMETRE


def codes(docx: bytes) -> list[tuple[str, float, bytes]]:
    """The words, the width in millimetres and the bytes of each picture that has words."""
    with ZipFile(io.BytesIO(docx)) as file:
        body = etree.fromstring(file.read("word/document.xml"))
        rels = etree.fromstring(file.read("word/_rels/document.xml.rels"))
        targets = {rel.get("Id"): rel.get("Target") for rel in rels}
        found = []
        for inline in body.iter("{*}inline"):
            words = inline.find("{*}docPr").get("descr")
            if words:
                [blip] = inline.iter("{*}blip")
                key = next(value for name, value in blip.attrib.items() if name.endswith("embed"))
                extent = int(inline.find("{*}extent").get("cx")) / EMU
                found.append((words, extent, file.read(f"word/{targets[key]}")))
    return found


class TestCode:
    @pytest.mark.parametrize("length", [20, 60, 122, 123, 154])
    def test_every_length_reads_back(self, length: int) -> None:
        address = "https://a.example/".ljust(length, "x")
        code = ScanCode(address, "")
        assert ScanCode.is_neat(address)
        assert code.correction == ("M" if length <= 122 else "L")
        picture = Image.open(io.BytesIO(scan_png(code)))
        assert decoded(picture) == [address]
        modules = picture.width // 8
        assert modules <= 45 + 2 * QUIET_ZONE  # 0.45 mm each, at 24 mm

    def test_a_longer_address_is_not_neat(self) -> None:
        assert not ScanCode.is_neat("https://a.example/".ljust(155, "x"))
        assert not ScanCode.is_neat("https://a.example/" + "ŵ" * 40)  # six bytes each, as %C5%B5

    def test_other_letters_are_written_as_addresses_write_them(self) -> None:
        code = ScanCode("https://a.example/tŷ?a=1&b=%20#c", "")
        [read] = decoded(Image.open(io.BytesIO(scan_png(code))))
        assert read == "https://a.example/t%C5%B7?a=1&b=%20#c"

    def test_around_it_is_paper(self) -> None:
        picture = Image.open(io.BytesIO(scan_png(ScanCode(ADDRESS, "")))).convert("L")
        zone = QUIET_ZONE * 8
        for box in ((0, 0, picture.width, zone), (0, 0, zone, picture.height)):
            assert picture.crop(box).getextrema() == (255, 255)
        assert b'fill="#fff"' in scan_svg(ScanCode(ADDRESS, ""))

    def test_the_same_address_gives_the_same_bytes(self) -> None:
        code = ScanCode(ADDRESS, "")
        assert scan_svg(code) == scan_svg(code)
        assert scan_png(code) == scan_png(code)


class TestFormats:
    @pytest.mark.slow
    def test_pdf(self) -> None:
        picture = sheet(PdfWriter().write(sample_document("poster")))
        assert decoded(picture) == [ADDRESS]

    def test_word(self) -> None:
        [(words, wide, png)] = [
            one for one in codes(DocxWriter().write(sample_document("poster"))) if "Code" in one[0]
        ]
        assert words == CODE_WORDS
        assert wide >= LEAST
        assert decoded(Image.open(io.BytesIO(png))) == [ADDRESS]

    def test_html(self) -> None:
        page = HtmlWriter().write(sample_document("poster")).decode()
        [(svg, words)] = re.findall(
            r'<img src="data:image/svg\+xml;base64,([\w+/=]+)" alt="([^"]*)">', page
        )
        assert words == CODE_WORDS
        assert b64decode(svg) == scan_svg(ScanCode(ADDRESS, ""))

    def test_what_is_pasted_or_read_has_none(self) -> None:
        document = sample_document("poster")
        pasted = HtmlWriter().write_paste(document, "overview").decode()
        assert "<img" not in pasted
        for written in (MarkdownWriter().write(document), TextWriter().write(document)):
            assert "Code to scan" not in written.decode()

    @pytest.mark.slow
    def test_large_print_has_it_larger(self) -> None:
        sample = sample_document("poster")
        only = replace(sample, body=sample.body[-2:])
        picture = sheet(LargePrintPdfWriter().write(only))
        assert decoded(picture) == [ADDRESS]
        assert width(picture) > 30


def body_text(document: Document) -> str:
    return TextWriter().write(document).decode()


class TestExamples:
    @pytest.mark.slow
    @pytest.mark.parametrize(
        "organisation", [one for one in APPROVED if one in printed_in("overview")]
    )
    def test_the_poster_leads_to_the_address_and_stays_one_side(self, organisation: str) -> None:
        for policy, pdf, docx in zip(
            policies(organisation),
            built(organisation, "overview", "pdf"),
            built(organisation, "overview", "docx"),
            strict=True,
        ):
            address = policy.profile.policy.published_at
            assert address
            picture = sheet(pdf.data)
            assert decoded(picture) == [address]
            assert width(picture) >= LEAST - 3  # without its quiet zone
            pages = re.search(rb"/Type /Pages.*?/Count (\d+)", pdf.data, re.S)
            if pages:
                assert pages[1] == b"1"
            [(_, wide, png)] = [one for one in codes(docx.data) if "http" in one[0]]
            assert wide >= LEAST
            assert decoded(Image.open(io.BytesIO(png))) == [address]

    @pytest.mark.slow
    @pytest.mark.parametrize("organisation", ALL if EVERYTHING else SOME)
    def test_every_edition_ends_with_the_address(self, organisation: str) -> None:
        for policy in policies(organisation):
            address = policy.profile.policy.published_at
            for edition in policy.outline.editions:
                lines = body_text(present(policy, edition)).rstrip("\n").split("\n\n")
                if address:
                    assert address in lines[-2], edition
                    assert "paper" in lines[-2] or policy.language != "en-GB"
                else:
                    assert "Current at" not in "".join(lines)


TOO_LONG = "https://www.example.example/" + "policies/" * 20


def with_address(small: Small, status: str, address: str) -> Small:
    published = f", published_at: '{address}'" if address else ""
    control = f"policy: {{status: {status}{published}}}"
    profile = re.sub("policy: .*", f"{control}\nwebsite: https://a.example", PROFILE)
    return small.write({"organisation/profile.yaml": profile})


class TestProblems:
    def told(self, small: Small, status: str, address: str) -> str:
        return with_address(small, status, address).run("check", "example").output

    @pytest.mark.parametrize(
        ("status", "address", "codes"),
        [
            ("approved", "", {"PG722"}),
            ("approved", "https://a.example/policy", set()),
            ("draft", "", set()),
            ("draft", TOO_LONG, {"PG723"}),
        ],
    )
    def test_check_says_what_is_missing_or_too_long(
        self, status: str, address: str, codes: set[str], small: Small
    ) -> None:
        told = self.told(small, status, address)
        assert set(re.findall("PG72[23]", told)) == codes

    def test_build_says_that_the_code_is_left_out_and_prints_the_address(
        self, small: Small
    ) -> None:
        result = with_address(small, "draft", TOO_LONG).run(
            "build", "example", "-f", "html", "-e", "overview"
        )
        assert "PG723" in result.stderr
        page = Path("dist/example/overview.html").read_text("utf-8")
        assert "<img" not in page
        assert TOO_LONG in page

    def test_a_file_is_no_address(self, small: Small) -> None:
        assert "PG1" in self.told(small, "draft", "/srv/policies")
