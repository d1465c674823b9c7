"""Verbs for those who change the code: tests, measures, style, what is made from the data, locks."""

from __future__ import annotations

import os
from collections.abc import Sequence

import click

from .. import bench, examples, golden, schema
from .here import ROOT, opened, run, write


@click.command()
@click.option("--only", help="only tests with this word in their names")
@click.argument("arguments", nargs=-1)
def test(only: str | None, arguments: Sequence[str]) -> None:
    """Run all tests."""
    chosen = ["-k", only] if only else []
    raise SystemExit(run("pytest", [*chosen, *arguments], dict(os.environ)))


@click.command("bench")
def bench_() -> None:
    """Measure builds of this copy and of a whole country: pages, seconds, memory, bytes; and pages on a phone."""
    folder = ROOT / "build" / "bench"
    found = bench.measure(ROOT, folder, click.echo)
    for line in bench.table(found):
        click.echo(line)
    click.echo("Looking at pages as on a phone …")
    scores = []
    for told in bench.on_a_phone(folder):
        if isinstance(told, str):
            click.echo(told)
        else:
            scores.append(told)
    for line in bench.scores_table(scores) if scores else ():
        click.echo(line)
    write(ROOT / "build" / "bench.json", bench.to_json(found, scores))
    click.echo("Measured: build/bench.json holds the same figures for machines.")


@click.command("format")
def format_() -> None:
    """Put the code into house style and check its types."""
    steps: tuple[tuple[str, list[str]], ...] = (
        ("ruff", ["format", "hooks", "tests", "guideline.py"]),
        ("ruff", ["check", "--fix", "hooks", "tests", "guideline.py"]),
        ("mypy", []),
    )
    if any(run(name, arguments, dict(os.environ)) for name, arguments in steps):
        raise SystemExit("The code is not in order: see the lines above.")
    click.echo("Code formatted and checked.")


@click.command()
def refresh() -> None:
    """Make again what is made from the data: schemas, the reference of fields, the sentences to review."""
    workplace = opened("en")
    texts = {
        **{f"data/schema/{name}.json": text for name, text in schema.texts(workplace.collection).items()},
        "CONTRIBUTING.md": schema.with_reference((ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")),
    }
    if workplace.collection.copy.municipality is None:
        # What a municipality's copy has of these is common, and comes with an update.
        texts[golden.PATH] = golden.sentences(workplace.collection)
        programs = workplace.files["programs"].text
        texts[examples.PATH] = examples.text_of(workplace.chapters, workplace.collection, programs)
    changed = [path for path, text in texts.items() if write(ROOT / path, text)]
    click.echo(f"Refreshed {len(changed)} of {len(texts)} files: {', '.join(changed) or 'all were fresh'}.")


@click.command()
def lock() -> None:
    """Resolve and pin the packages again: config/*.in → config/*.txt, with hashes."""
    for name, onto in (
        ("site", []),
        ("test", ["-c", "config/site.txt"]),
        ("paper", ["-c", "config/site.txt"]),
        ("edit", ["-c", "config/site.txt"]),
    ):
        options = ["--universal", "--python-version", "3.11", "--generate-hashes", "--upgrade", "--quiet", *onto]
        if run("uv", ["pip", "compile", f"config/{name}.in", "-o", f"config/{name}.txt", *options], dict(os.environ)):
            raise SystemExit(f"config/{name}.txt could not be made: see the lines above.")
    click.echo("Pinned: config/site.txt, config/test.txt, config/paper.txt, config/edit.txt.")
