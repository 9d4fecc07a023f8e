import multiprocessing
import os
import time

import pytest
from sample import make_paper, settings_for

from knowledge.errors import IndexUnavailable, UnknownDocument, UnknownParagraph
from knowledge.lawnumbers import find
from knowledge.library import LOOK_AGAIN, Library
from knowledge.model import Place
from knowledge.rows import version_key
from knowledge.terms import terms

STEPS = ("clear", "rows", "words", "vectors", "visible", "sweep")
CRASHED = 9


def found_by_words(library, word):
    keys = [version_key(d) for d in library.documents().values()]
    hits = library.words.search({"text": [(t, 1.0) for t in terms(word)]}, [*keys, "mau@v1", "mau@v2"], 10)
    return [p.id for p in library.passages(i for i, _ in hits)]


def found_by_vectors(library, word):
    return [p.id for p in library.passages(i for i, _ in library.vectors.search(f"huyện trồng {word}", [], 20))]


def holds_only(library, *papers):
    """True when the library and both indexes hold these papers, whole, and nothing else."""
    ids = {p.id for paper in papers for p in paper.passages}
    assert library.documents() == {paper.document.id: paper.document for paper in papers}
    for paper in papers:
        assert tuple(library.paragraphs(paper.document.id)) == paper.paragraphs
        assert tuple(library.all_passages(paper.document.id)) == paper.passages
        assert tuple(m for _, m in library.mentions(document_id=paper.document.id)) == paper.mentions
        assert library.doubts(paper.document.id) == list(paper.doubts)
    assert library.words.entries() == library.vectors.entries() == ids
    assert library.counts()["unpublished versions"] == 0
    return True


def test_a_new_library_is_empty(library):
    assert library.documents() == {}
    assert library.passages(["mau@v1#I-1/0"]) == []
    assert library.mentions() == []
    assert set(library.counts().values()) == {0}
    assert library.repair() == {"versions removed": 0, "entries removed": 0, "entries added": 0}


def test_a_published_paper_is_given_back_whole(library):
    paper = make_paper()
    assert library.publish(paper)
    assert holds_only(library, paper)
    assert library.paragraph("mau", "I-2") == paper.paragraphs[2]
    assert found_by_words(library, "vải") == ["mau@v1#I-2/0"]
    assert found_by_vectors(library, "vải")[0] == "mau@v1#I-2/0"
    assert library.indicators() == [("mau", i) for i in paper.indicators]
    held = {"documents": 1, "paragraphs": 4, "passages": 3, "mentions": 3, "indicators": 3, "words": 3, "vectors": 3}
    assert library.counts() == held | {"unpublished versions": 0}


def test_the_same_version_again_changes_nothing(library):
    library.publish(make_paper())
    generation = library.generation
    assert not library.publish(make_paper())
    assert library.generation == generation
    assert holds_only(library, make_paper())


def test_a_replacement_takes_the_place_of_the_version_before(library):
    old, new = make_paper(), make_paper(version="v2", words=("ngô", "khoai"))
    library.publish(old)
    generation = library.generation
    assert library.publish(new)
    assert library.generation > generation
    assert holds_only(library, new)
    assert found_by_words(library, "vải") == []


def test_a_paragraph_read_before_is_not_given_from_the_version_before(library):
    library.publish(make_paper())
    assert "chè" in library.paragraph("mau", "I-1").clean
    library.publish(make_paper(version="v2", words=("ngô",)))
    assert "ngô" in library.paragraph("mau", "I-1").clean


def test_a_version_may_come_back(library):
    for version in ("v1", "v2", "v1"):
        assert library.publish(make_paper(version=version))
    assert holds_only(library, make_paper())


def test_remove_takes_all_of_a_document_and_nothing_else(library):
    other = make_paper("khac", place=Place("Khác", "district"))
    library.publish(make_paper())
    library.publish(other)
    library.remove("mau")
    assert holds_only(library, other)
    with pytest.raises(UnknownDocument, match="htx documents"):
        library.remove("mau")


def test_what_is_unknown_says_what_to_do(library):
    library.publish(make_paper())
    with pytest.raises(UnknownDocument, match=r"'none'.*htx documents"):
        library.document("none")
    with pytest.raises(UnknownDocument):
        library.paragraph("none", "I")
    with pytest.raises(UnknownParagraph, match=r"'II'.*htx show mau"):
        library.paragraph("mau", "II")


def test_passages_keep_the_order_asked_and_leave_out_what_is_not_visible(library):
    library.publish(make_paper())
    asked = ["mau@v1#I-3/0", "none@v1#I/0", "mau@v1#I-1/0"]
    assert [p.id for p in library.passages(asked)] == ["mau@v1#I-3/0", "mau@v1#I-1/0"]


def test_mentions_by_number(library):
    library.publish(make_paper())
    (number,) = find("Nghị quyết 02/2030")
    assert [(d, m.anchor) for d, m in library.mentions(number)] == [("mau", "I-2")]
    assert library.mentions(number, "khac") == []


@pytest.mark.parametrize("digest_first", [True, False])
def test_a_digest_gives_way_to_its_verbatim_paper_and_comes_back(library, digest_first):
    digest, verbatim = make_paper("tom-luoc", form="digest"), make_paper()
    for paper in (digest, verbatim) if digest_first else (verbatim, digest):
        library.publish(paper)
    assert list(library.documents()) == ["mau"]
    assert library.passages(p.id for p in digest.passages) == []
    library.remove("mau")
    assert list(library.documents()) == ["tom-luoc"]
    assert list(library.passages(p.id for p in digest.passages)) == list(digest.passages)


@pytest.mark.parametrize("other", [{"place": Place("Khác", "district")}, {"period": (2032, 2032)}, {"kind": "report"}, {"place": Place("Mẫu", "province")}])
def test_a_digest_of_another_paper_stays(library, other):
    library.publish(make_paper("tom-luoc", form="digest", **other))
    library.publish(make_paper())
    assert set(library.documents()) == {"mau", "tom-luoc"}


def test_another_library_over_the_same_folder_sees_every_change(settings, library):
    reader = Library(settings)
    assert reader.documents() == {}
    library.publish(make_paper())
    time.sleep(LOOK_AGAIN)
    assert list(reader.documents()) == ["mau"]
    assert found_by_words(reader, "vải") == found_by_vectors(reader, "vải")[:1] == ["mau@v1#I-2/0"]
    library.publish(make_paper(version="v2", words=("ngô",)))
    time.sleep(LOOK_AGAIN)
    assert holds_only(reader, make_paper(version="v2", words=("ngô",)))


def test_repair_adds_what_an_index_lost_and_rebuild_makes_both_anew(library):
    library.publish(make_paper())
    library.words.clear()
    assert library.repair() == {"versions removed": 0, "entries removed": 0, "entries added": 3}
    library.vectors.remove(["mau@v1"])
    assert library.repair()["entries added"] == 3
    assert library.rebuild() == 3
    assert holds_only(library, make_paper())


def crash(folder, step, *papers):
    """Publish the papers; the process dies before `step` of the last."""
    library = Library(settings_for(folder))
    for paper in papers[:-1]:
        library.publish(paper)
    library.publish(papers[-1], lambda name: os._exit(CRASHED) if name == step else None)


@pytest.fixture(scope="module")
def run():
    """Runs `crash` in a process of its own, forked from a server that has only imported the library."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["knowledge.library"])

    def start(*args):
        process = context.Process(target=crash, args=args)
        process.start()
        process.join(60)
        return process.exitcode

    return start


@pytest.mark.parametrize("before", [False, True], ids=["first version", "replacement"])
@pytest.mark.parametrize("step", STEPS)
def test_a_crash_before_any_step_leaves_the_old_version_or_the_new_one_whole(run, settings, step, before):
    old, new = make_paper(), make_paper(version="v2", words=("ngô", "khoai"))
    assert run(settings.data_dir, step, *([old] if before else []), new) == CRASHED

    library = Library(settings)
    visible = [new] if step == "sweep" else [old] if before else []
    assert library.documents() == {p.document.id: p.document for p in visible}
    ids = [p.id for paper in visible for p in paper.passages]
    assert sorted(found_by_vectors(library, "cây")) == sorted(ids)
    assert sorted(found_by_words(library, "huyện trồng")) == sorted(ids)
    assert sorted(p.id for p in library.passages(p.id for paper in (old, new) for p in paper.passages)) == sorted(ids)

    library.repair()
    assert holds_only(library, *visible)
    assert library.repair() == {"versions removed": 0, "entries removed": 0, "entries added": 0}
    assert library.publish(new) is (step != "sweep")
    assert holds_only(library, new)


def test_every_step_of_publishing_is_told(library):
    told = []
    library.publish(make_paper(), told.append)
    assert tuple(told) == STEPS


@pytest.mark.parametrize("file", ["words/meta.json", "vectors/chroma.sqlite3"])
def test_an_index_that_cannot_be_opened_is_made_anew_from_the_database(settings, library, file):
    library.publish(make_paper())
    (settings.data_dir / file).write_text("hỏng")
    library.vectors.forget_clients()
    broken = Library(settings)
    with pytest.raises(IndexUnavailable, match="htx index rebuild"):
        broken.counts()
    broken.rebuild()
    assert holds_only(broken, make_paper())
