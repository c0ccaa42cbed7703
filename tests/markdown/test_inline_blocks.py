"""A line whose template chooses words: in which ways it may print."""

from __future__ import annotations

from policygen.markdown.rewrite.inline_blocks import line_branches


def test_a_line_of_many_blocks_is_left_alone_at_once() -> None:
    """Sixty choices print in 2 ** 60 ways, and none of them is made."""
    blocks = [f"{{% if a{n} %}}yes{{% else %}}no{{% endif %}} " for n in range(60)]
    assert list(line_branches("".join(blocks))) == []
    assert len(list(line_branches("".join(blocks[:4])))) == 16
