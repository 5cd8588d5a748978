"""The table of known code beside Linnet's, in the README, runs."""

import re

from conftest import ROOT

ROW = re.compile(r"^\| `(?P<known>.+?)` \| `(?P<linnet>.+?)` \|$", re.MULTILINE)


def test_the_code_of_the_tables_runs(run, tmp_path):
    rows = [match["linnet"] for match in ROW.finditer((ROOT / "README.md").read_text())]
    assert len(rows) > 15
    rows += ["print(x.shape, codes.shape, len(history.history['loss']), error)"]
    (tmp_path / "table.star").write_text("\n".join(rows) + "\n")
    done = run("run", "table.star", "--figures", tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("(5, 130, 1) (100, 20) 2 ")
