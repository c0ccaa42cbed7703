"""Web and email addresses."""

from __future__ import annotations

import time

import pytest

from policygen.model.address import email_fault, normal_url, url_fault, url_host


@pytest.mark.parametrize(
    "url",
    [
        "https://www.fenwick.example",
        "http://intranet/policies/12",
        "http://intranet",
        "http://localhost:8080/a",
        "https://www.fenwick.example:8443/a?b=c#d",
        "HTTPS://WWW.FENWICK.EXAMPLE/A",
        "http://[2001:db8::1]/a",
        "http://[::1]:8080",
        "http://192.0.2.1/a",
        "https://www.fenwick.example/{id}/a|b^c",
        "https://māori.example/kōrero",
        "https://xn--mori-qsa.example",
        "https://пример.example",
        "https://editor@wiki.fenwick.example/a",
        "https://a_b.fenwick.example./",
        "https://fenwick.example?q=1",
        "https://fenwick.example/a@b",
        "https://fenwick.example/(a)'b,c;d!e*f~g$h&i=j+k%20",
    ],
)
def test_what_is_a_web_address(url: str) -> None:
    assert url_fault(url) == ""


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("www.fenwick.example", "not a web address"),
        ("javascript:alert(1)", "not a web address"),
        ("ftp://fenwick.example", "not a web address"),
        ("https://", "not a web address"),
        ("https:///path", "not a web address"),
        ("https://..", "not a web address"),
        ("https://a..b", "not a web address"),
        ("https://-a.example", "not a web address"),
        ("https://a-.example", "not a web address"),
        ("https://[::g]/", "not a web address"),
        ("https://[::1", "not a web address"),
        ("https://[::1%25eth0]/", "not a web address"),
        ("https://{host}/a", "not a web address"),
        ("https://fenwick.example:port/", "The port"),
        ("https://fenwick.example:70000/", "The port"),
        ("https://fenwick.example/a b", "a space in it"),
        ("https://fenwick.example/a\u200bb", "an invisible character in it"),
        ('https://fenwick.example/"onclick', "write %22"),
        ("https://fenwick.example/<a>", "write %3C"),
        ("https://fenwick.example\\a", "write %5C"),
        ("https://fenwick.example/" + "a" * 2_000, "too long"),
    ],
)
def test_what_is_no_web_address(url: str, reason: str) -> None:
    assert reason in url_fault(url)


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://www.fenwick.example:8443/a", "www.fenwick.example"),
        ("http://user@intranet/a@b", "intranet"),
        ("http://[::1]:80/", "[::1]"),
    ],
)
def test_the_host_of_an_address(url: str, host: str) -> None:
    assert url_host(url) == host


def test_a_scheme_is_written_small() -> None:
    assert normal_url("HTTPS://Fenwick.Example/A") == "https://Fenwick.Example/A"


@pytest.mark.parametrize(
    "email",
    [
        "comms@fenwick.example",
        "o'brien+press@mail.fenwick.example",
        "a.b-c_d@fenwick.example",
        "COMMS@FENWICK.EXAMPLE",
        "kōrero@māori.example",
        "a/b=c@fenwick.example",
    ],
)
def test_what_is_an_email_address(email: str) -> None:
    assert email_fault(email) == ""


@pytest.mark.parametrize(
    "email",
    [
        "legal at fenwick",
        "comms@fenwick",
        "comms@",
        "@fenwick.example",
        "a..b@fenwick.example",
        ".a@fenwick.example",
        "a.@fenwick.example",
        "a@b@fenwick.example",
        "a@fenwick..example",
        "a@-fenwick.example",
        "a@.example",
        "mailto:comms@fenwick.example",
        "Comms <comms@fenwick.example>",
        "a@fenwick.example, b@fenwick.example",
        "a b@fenwick.example",
        "a\u200b@fenwick.example",
        "a" * 65 + "@fenwick.example",
        "a@" + "b" * 64 + ".example",
    ],
)
def test_what_is_no_email_address(email: str) -> None:
    assert "not an email address" in email_fault(email)


@pytest.mark.parametrize("piece", [".", "a.", "a-", "@", "a@", "[:", "%", "-", "a.b@", "ā"])
def test_time_grows_with_length(piece: str) -> None:
    text = piece * 200_000
    started = time.process_time()
    url_fault(f"https://{text}")
    email_fault(text)
    email_fault(f"a@{text}")
    assert time.process_time() - started < 2
