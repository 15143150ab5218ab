"""Remedies as a night tells them: what a call says by flags, an inbox says by `options` in `sopgen.toml`."""

import re
from dataclasses import replace

from sopgen.base.diagnostic import Diagnostic, Report
from sopgen.conversation.model import Reading, SetAside

_COLUMNS = re.compile(r"in a file for --options, such as \{\"columns\": \{(?P<fields>[^}]*)\}\}")
_FIELD = re.compile(r'"(\w+)": (…)')
_FLAG = re.compile(
    r"--(?P<flag>format|tz|agent|bot|date-order|channel|team|platform|split|sheet)\b"
    r"(?: (?:\"(?P<quoted>[^\"]*)\"|(?P<word>[\w/+:.|-]*[\w]))(?=[;,. ]|$))?"
)
_LEFT_OUT = re.compile(r"leave --(\S+) out")
_WHO = re.compile(r"(?<!check )--who\b")
_LISTS = {"agent": "agents", "bot": "bots"}


def as_set(hint: str, inbox: str) -> str:
    """Return the hint with settings of the inbox in the place of a call's flags."""
    place = f"of the inbox '{inbox}' in sopgen.toml"
    told = _LEFT_OUT.sub(lambda found: f"leave {_setting(found[1])} out of the options {place}", hint)
    told = _COLUMNS.sub(lambda found: f"in {_options(_columns(found['fields']))} {place}", told)
    told = _FLAG.sub(lambda found: f"{_options(_stated(found))} {place}", told)
    return _WHO.sub("sopgen check --who", told)


def reading_set(reading: Reading, inbox: str) -> Reading:
    """Return a reading; one that was set aside with a hint for the inbox."""
    if isinstance(reading, SetAside) and reading.hint:
        return replace(reading, hint=as_set(reading.hint, inbox))
    return reading


def report_set(report: Report, inbox: str) -> Report:
    """Return a report that passes diagnostics on with hints for the inbox."""

    def pass_on(diagnostic: Diagnostic) -> None:
        report(replace(diagnostic, hint=as_set(diagnostic.hint, inbox)))

    return pass_on


def _options(setting: str) -> str:
    return f"options = {{{setting}}}"


def _columns(fields: str) -> str:
    told = _FIELD.sub(r'\1 = "\2"', fields)
    return f"columns = {{{told}}}"


def _stated(found: re.Match[str]) -> str:
    """Return a flag and its value as TOML; a choice stays one."""
    flag, value = found["flag"], found["quoted"] or found["word"] or "…"
    if flag in _LISTS:
        return f'{_LISTS[flag]} = ["{value}"]'
    return f"{_setting(flag)} = " + " | ".join(f'"{each}"' for each in value.split("|"))


def _setting(flag: str) -> str:
    return flag.replace("-", "_")
