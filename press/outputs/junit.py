"""JUnit's XML, which Jenkins, GitLab and most CI read: each rule is a test, and fails where it finds errors.

Warnings and notes fail nothing; they stand in the test's output. Rules that are switched off, and those that could not
run because the content could not be read, are skipped tests.
"""

from __future__ import annotations

from xml.etree import ElementTree

from press.checks import RULES
from press.errors import Outcome, Problem
from press.outputs.printable import printable
from press.outputs.sources import Sources
from press.outputs.text import write as write_text

SUITE = "build.py check"


def write(outcome: Outcome, sources: Sources) -> str:
    """Write one suite with a test for each rule."""
    found = {problem.rule for problem in outcome.problems}
    names = [rule.ID for rule in RULES]
    names += sorted(found - set(names))
    cases = [_case(name, outcome, sources) for name in names]
    failures, skipped = (sum(case.find(kind) is not None for case in cases) for kind in ("failure", "skipped"))
    counts = {"tests": str(len(cases)), "failures": str(failures), "errors": "0"}
    suites = ElementTree.Element("testsuites", counts)
    suite = ElementTree.SubElement(suites, "testsuite", {"name": SUITE, **counts, "skipped": str(skipped)})
    suite.extend(cases)
    ElementTree.indent(suites)
    # ASCII, so that the text is the same whatever encoding the output has.
    data: bytes = ElementTree.tostring(suites, encoding="us-ascii", xml_declaration=True)
    return f"{data.decode('ascii')}\n"


def _case(name: str, outcome: Outcome, sources: Sources) -> ElementTree.Element:
    case = ElementTree.Element("testcase", {"classname": "press.checks", "name": name})
    own = [problem for problem in outcome.problems if problem.rule == name]
    errors = tuple(problem for problem in own if problem.severity == "error")
    others = tuple(problem for problem in own if problem.severity != "error")
    if errors:
        message = printable(f"{sources.in_repository(errors[0].place)}: {errors[0].what}")
        more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
        failure = ElementTree.SubElement(case, "failure", {"type": "error", "message": message + more})
        failure.text = _listed(errors, sources)
    elif name in outcome.switched_off:
        ElementTree.SubElement(case, "skipped", {"message": "switched off in content/report.yaml"})
    elif name not in outcome.ran and not own:
        ElementTree.SubElement(case, "skipped", {"message": "did not run: the content could not be read"})
    if others:
        ElementTree.SubElement(case, "system-out").text = _listed(others, sources)
    return case


def _listed(problems: tuple[Problem, ...], sources: Sources) -> str:
    return write_text(Outcome(tuple(each.at(sources.in_repository(each.place)) for each in problems)), sources)
