"""The agenda and the pack, as a member of the panel opens them."""

import io
import re
from dataclasses import replace

import page
import pytest
from pypdf import PdfReader

from panels import documents
from tests.panels import samples

SAMPLE_LABEL = "Sample matrix, no council’s and no ICB’s own"


def pages_of(pdf):
    return [" ".join(sheet.extract_text().split()) for sheet in PdfReader(io.BytesIO(pdf)).pages]


def check_accessible(pdf, tmp_path):
    path = tmp_path / "paper.pdf"
    path.write_bytes(pdf)
    report = page.validate_pdf(str(path), profile="ua1")
    assert [(failure.rule_id, failure.message) for failure in report.failures] == []
    assert report.is_compliant


@pytest.fixture(scope="module")
def pack():
    return documents.pack(samples.pack_paper(samples.cases(4)))


def test_agenda_says_who_meets_and_what_is_asked():
    (first, *_) = pages_of(documents.agenda(samples.agenda_paper(samples.cases(3))))

    assert "Agenda: Section 117 panel A Thursday 7 January 2027, 9:30am to 12:45pm" in first
    assert samples.LONGEST_NAME in first
    assert "S117-2025-0412 · A.K." in first
    assert "Asked in all, 3 cases, full cost to both bodies 4,072.00" in first
    assert "AG-2027-01-07 Page 1 of" in first


@pytest.mark.parametrize("count", [0, 10])
def test_agenda_is_accessible(count, tmp_path):
    check_accessible(documents.agenda(samples.agenda_paper(samples.cases(count))), tmp_path)


def test_agenda_without_cases_says_so():
    text = "".join(pages_of(documents.agenda(samples.agenda_paper(()))))

    assert "No cases are on this agenda." in text
    assert "Asked in all" not in text


def test_pack_is_accessible(pack, tmp_path):
    check_accessible(pack, tmp_path)


def test_pack_numbers_each_page_of_itself_and_of_each_case(pack):
    sheets = pages_of(pack)

    for number, text in enumerate(sheets, start=1):
        assert f"Pack page {number} of {len(sheets)}" in text
    for case in samples.cases(4):
        places = [re.search(rf"{case.reference}, page (\d+) of (\d+)", text) for text in sheets]
        counted = [(int(found[1]), int(found[2])) for found in places if found]
        assert counted == [(n, len(counted)) for n in range(1, len(counted) + 1)]
        assert len(counted) > 1


def test_pack_contents_links_and_bookmarks_lead_to_the_first_page_of_each_case(pack):
    reader = PdfReader(io.BytesIO(pack))
    sheets = pages_of(pack)
    firsts = [
        next(n for n, text in enumerate(sheets, start=1) if f"{case.reference}, page 1 of" in text)
        for case in samples.cases(4)
    ]
    marks = [mark for mark in reader.outline if not isinstance(mark, list)]
    targets = [
        reader.get_destination_page_number(reader.named_destinations[link["/Dest"]]) + 1
        for sheet in reader.pages
        for link in (annotation.get_object() for annotation in sheet.get("/Annots", ()))
    ]

    assert targets == firsts
    assert [mark.title for mark in marks[:3]] == [
        "Panel pack",
        "Agenda and contents",
        "S117-2025-0412 · A.K.",
    ]
    assert [reader.get_destination_page_number(mark) + 1 for mark in marks[2:]] == firsts
    assert all(f" {number} " in sheets[1] for number in firsts)


def test_pack_opens_with_whose_it_is(pack):
    cover = pages_of(pack)[0]
    metadata = PdfReader(io.BytesIO(pack)).metadata

    assert "Ruth Adeyemi" in cover
    assert "one budget-holder of the council" in cover
    assert "4, asking £6,108.00 a week in all" in cover
    assert metadata.title == "Panel pack: Section 117 panel A, 7 January 2027"
    assert metadata.author == "Eastmere Section 117 Partnership"


def test_pack_gives_each_case_one_page_to_decide_from():
    for case in samples.cases(3):
        sheets = pages_of(documents.pack(samples.pack_paper((case,))))
        first = next(text for text in sheets if "Why now" in text)

        assert f"{case.reference}, page 1 of" in first
        assert "For the ICB" in first
        assert "Agreed with another split" in first


def test_pack_keeps_a_talkative_review_to_one_page_and_gives_it_in_full_after():
    talk = "The hours in use no longer match the need. " * 60
    case = replace(samples.FULL_CASE, why_now=talk, progress=talk, risks=talk, recommendation=talk)

    sheets = pages_of(documents.pack(samples.pack_paper((case,))))

    first = next(n for n, text in enumerate(sheets) if "Why now" in text)
    assert "For the ICB" in sheets[first]
    assert "(in full on the pages that follow)" in sheets[first]
    assert "Why now, in full" in sheets[first + 1]
    assert " ".join(sheets).count("no longer match the need") > 4 * 60


def test_pack_explains_the_split_and_labels_the_sample():
    text = " ".join(pages_of(documents.pack(samples.pack_paper((samples.FULL_CASE,)))))

    assert "Band 13 to 17 ICB five eighths (62.5%), council three eighths (37.5%)" in text
    assert "Points, of 24 15" in text
    assert "Change a week −245.25 −210.31 −34.94" in text
    assert text.count(SAMPLE_LABEL) == 3


def test_pack_does_not_label_a_signed_off_matrix():
    case = replace(samples.FULL_CASE, split=replace(samples.SPLIT, is_sample=False))

    assert SAMPLE_LABEL not in " ".join(pages_of(documents.pack(samples.pack_paper((case,)))))


def test_pack_says_what_was_not_recorded():
    text = " ".join(pages_of(documents.pack(samples.pack_paper((samples.BARE_CASE,)))))

    for words in (
        "No reason was recorded.",
        "No money is asked for.",
        "No options and no risks were recorded.",
        "No reasons were recorded.",
        "No needs were recorded.",
        "No services were recorded.",
        "No matrix was scored for this case.",
        "No views were recorded.",
    ):
        assert words in text
    assert "None" not in text


def test_pack_without_cases_can_be_made(tmp_path):
    pdf = documents.pack(samples.pack_paper(()))

    assert len(pages_of(pdf)) == 2
    check_accessible(pdf, tmp_path)


def test_pack_prints_hostile_words_as_words():
    hostile = '<link rel=attachment href=file:///etc/passwd><img src="http://127.0.0.1:9/x.png">'
    case = replace(
        samples.FULL_CASE,
        ask=hostile,
        progress=hostile,
        views=(replace(samples.FULL_CASE.views[0], words=hostile),),
    )

    pdf = documents.pack(samples.pack_paper((case,)))

    assert "<link rel=attachment href=file:///etc/passwd>" in " ".join(pages_of(pdf))
    assert not PdfReader(io.BytesIO(pdf)).attachments


def test_pack_is_the_same_bytes_until_something_in_it_changes():
    paper = samples.pack_paper((samples.FULL_CASE,))
    changed = replace(paper, cases=(replace(samples.FULL_CASE, initials="A.L."),))

    assert documents.pack(paper) == documents.pack(paper)
    assert documents.content_mark(paper) != documents.content_mark(changed)
    assert documents.content_mark(paper) in pages_of(documents.pack(paper))[-1]
