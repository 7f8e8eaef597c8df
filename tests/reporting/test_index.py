import json

from presslens.reporting.index import write_reports_index


def run(reports, job, name, started, outcome="complete"):
    folder = reports / job / name
    folder.mkdir(parents=True)
    notebook = {"page": "framing.html", "title": "How <framed>?", "outcome": outcome}
    manifest = {
        "job": job,
        "started": started,
        "notebooks": [notebook],
        "corpus": {"tables": {"articles": {"rows": 1234}}},
    }
    (folder / "manifest.json").write_text(json.dumps(manifest))


def test_runs_are_listed_newest_first_with_links_and_outcomes(tmp_path):
    run(tmp_path, "monday", "old", "2025-03-20T06:00:00+00:00")
    run(tmp_path, "monday", "new", "2025-03-21T06:00:00+00:00", outcome="failed")
    run(tmp_path, "daily", "x", "2025-03-20T07:00:00+00:00")
    page = write_reports_index(tmp_path).read_text()
    assert page.index("monday/new/framing.html") < page.index("monday/old/framing.html")
    assert page.index("<h2>monday") < page.index("<h2>daily")
    assert "2025-03-21 06:00 UTC" in page
    assert "(failed)" in page
    assert "1,234" in page
    assert "How &lt;framed&gt;?" in page


def test_broken_and_half_written_runs_are_left_out(tmp_path):
    run(tmp_path, "monday", ".half.partial", "2025-03-20T06:00:00+00:00")
    run(tmp_path, "monday", "broken", "2025-03-20T06:00:00+00:00")
    (tmp_path / "monday" / "broken" / "manifest.json").write_text('{"job": ')
    assert "There are none yet" in write_reports_index(tmp_path).read_text()


def test_a_damaged_manifest_does_not_spoil_the_list(tmp_path):
    run(tmp_path, "daily", "x", "2025-03-20T07:00:00+00:00")
    for name, damage in (
        ("a", {"notebooks": "none"}),
        ("b", {"corpus": None}),
        ("c", {"started": 3}),
    ):
        run(tmp_path, "daily", name, "2025-03-20T07:00:00+00:00")
        path = tmp_path / "daily" / name / "manifest.json"
        path.write_text(json.dumps(json.loads(path.read_text()) | damage))
    page = write_reports_index(tmp_path).read_text()
    assert page.count("How &lt;framed&gt;?") == 1
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["index.html"]
