"""How many pages a PDF has, read from the PDF itself."""

import re
import zlib

STREAM = re.compile(rb"stream\r?\n(.*?)\nendstream", re.DOTALL)
PAGE_TREE = re.compile(
    rb"/Type\s*/Pages\b[^<>]*?/Count\s+(\d+)|/Count\s+(\d+)[^<>]*?/Type\s*/Pages\b"
)


def page_count(pdf: bytes) -> int:
    """Return the number of pages; of nested page trees the root has the largest count."""
    texts = [pdf, *map(_inflated, STREAM.findall(pdf))]
    counts = [int(a or b) for text in texts for a, b in PAGE_TREE.findall(text)]
    if not counts:
        raise ValueError("This PDF has no page tree.")
    return max(counts)


def _inflated(stream: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(stream)
    except zlib.error:
        return b""
