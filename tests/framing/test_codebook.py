import pytest

from presslens.codebooks import CodebookError
from presslens.framing.codebook import load_frames

GOOD = """\
version: "1"
frames:
  water:
    definition: The story is about water.
    items:
      W1:
        question: Is a shortage of water told?
        terms: {drought*: 2, dry well: 1}
"""


def write(tmp_path, text):
    path = tmp_path / "water.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_codebook_of_ones_own_is_read(tmp_path):
    book = load_frames(write(tmp_path, GOOD))
    (frame,) = book.frames
    assert (frame.name, frame.items[0].name) == ("water", "W1")
    assert {term.words for term in frame.items[0].terms} == {("drought*",), ("dry", "well")}
    assert book.label.startswith("water@1+")


def test_the_generic_codebook_has_the_five_frames_and_nineteen_items():
    book = load_frames("generic")
    assert [frame.name for frame in book.frames] == [
        "responsibility", "human_interest", "conflict", "morality", "economic_consequences",
    ]  # fmt: skip
    names = [item.name for frame in book.frames for item in frame.items]
    assert len(names) == len(set(names)) == 19


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("terms:", "term:", 8, "has no 'term'"),
        ("drought*: 2", "drought*: lots", 8, "must be a number"),
        ("drought*: 2", "drought*: 0", 8, "must be a number"),
        ("drought*: 2", "'dr*ught': 2", 8, "is no term"),
        ("drought*: 2", "d*: 2", 8, "nearly every word"),
        ("drought*: 2", "dry well: 2", 8, "stands twice"),
        ("{drought*: 2, dry well: 1}", "{}", 8, "has no terms"),
        ("      W1:", "      W1: {question: q, terms: {a: 1}}\n      W1:", 7, "stands twice"),
        ("definition: The story is about water.", "definition: [a]", 4, "must be a text"),
        ("  water:", "  water: 3\n  fire:", 3, "must be a mapping"),
        ("frames:\n", "topics: 1\nframes:\n", 2, "has no 'topics'"),
    ],
)
def test_what_does_not_fit_is_refused_with_file_and_line(tmp_path, old, new, line, says):
    path = write(tmp_path, GOOD.replace(old, new, 1))
    with pytest.raises(CodebookError) as error:
        load_frames(path)
    assert f"{path}, line {line}: " in str(error.value)
    assert says in str(error.value)


def test_broken_yaml_is_refused(tmp_path):
    with pytest.raises(CodebookError, match="not valid YAML"):
        load_frames(write(tmp_path, GOOD.replace("drought*: 2,", "*drought: 2,")))


def test_base_above_ceiling_is_refused(tmp_path):
    calibration = "W1:\n        calibration: {base: 0.9, ceiling: 0.1}"
    with pytest.raises(CodebookError, match="base is above ceiling"):
        load_frames(write(tmp_path, GOOD.replace("W1:", calibration)))
