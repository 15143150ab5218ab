"""The codes of rules, packs and bindings: RUL1xx, PCK1xx, BND1xx.

A snippet holds files of a pack, `=== path` begins each; beside them stands an act `salam`, and for BND1xx the
file `sop.md` is an SOP.
"""

from sopgen.base.code import Code
from sopgen.compliance.consistency_codes import CONSISTENCY_CODES

_RULE = """=== rules/sapa.yaml
code: X101
name: sapa
title: {id: Sapa, en: Greet}
severity: minor
error_class: customer
weight: 1
parameters: {limit: 2m}
when: {existence: {of: {role: agent}}}
expect: {init: {of: {unit: turn, role: agent}, holds: {act: salam}}}
say:
  fail: {id: Tanpa salam., en: No greeting.}
  na: {id: Tanpa agen., en: No agent.}
remedy: {id: Sapa dulu., en: Greet first.}
examples:
  - {expect: pass, title: dengan salam, chat: "09:00 agen halo"}
  - {expect: fail, title: tanpa salam, chat: "09:00 agen ya"}
"""

_SOP = """=== sop.md
---
id: cs
title: CS
language: id
owner: Kepala
approver: Direktur
review_every: 90d
---

## Standar Pelayanan

- **Wajib** menyapa. {#sapa check=sapa limit=2m}
"""

_HOURS = 'hours: {timezone: Asia/Jakarta, weekly: {mon-fri: ["08:00-17:00"]}, holidays: ID}'

_CLOCKED = _RULE.replace(
    "{limit: 2m}", "{limit: 2m, clock: {kind: choice, choices: [business, always], default: business}}"
)

CODES = (
    Code(
        code="RUL101",
        title="a rule file has another shape",
        why="A rule names its code, what it says, when it applies, what it expects, and shows examples.",
        breaks=_RULE.replace("weight: 1\n", ""),
        keeps=_RULE,
    ),
    Code(
        code="RUL102",
        title="a rule's condition cannot be read",
        why="`when` and `expect` are constraints of the closed set over selections of messages and turns; "
        "the acts and moments that they name must exist. The rule does not load.",
        breaks=_RULE.replace("act: salam", "act: salaam"),
        keeps=_RULE,
    ),
    Code(
        code="RUL103",
        title="a rule lacks something it must hold",
        why="A rule has its file's name, examples that pass and fail, and parameters whose defaults fit "
        "their kind: duration, count, phrases or choice.",
        breaks=_RULE.replace("expect: fail", "expect: pass"),
        keeps=_RULE,
    ),
    Code(
        code="RUL104",
        title="two rules share a code",
        why="Results, baselines and links name a check by its code; a code is never given twice.",
        breaks=_RULE + _RULE.replace("rules/sapa", "rules/salami").replace("name: sapa", "name: salami"),
        keeps=_RULE,
    ),
    Code(
        code="RUL105",
        title="an override cannot be applied",
        why="overrides.yaml changes severity, weight, wording and default parameters of rules that exist. "
        "What it says of another rule, or of another key, would be passed over, so it is refused.",
        breaks=_RULE + "=== overrides.yaml\nsappa: {severity: major}\n",
        keeps=_RULE + "=== overrides.yaml\nsapa: {severity: major}\n",
    ),
    Code(
        code="PCK101",
        title="a folder of checks is missing",
        why="The folder named with --checks must exist. No snippet inside a folder can show it.",
    ),
    Code(
        code="PCK102",
        title="no rule could be loaded",
        why="Without a single sound rule nothing can be checked, and a run would look clean.",
        breaks="=== rules/sapa.yaml\ncode: X101\n",
        keeps=_RULE,
    ),
    Code(
        code="PCK103",
        title="pack.yaml has another shape",
        why="It holds the pack's name and version, which every verdict carries.",
        breaks=_RULE + "=== pack.yaml\nname: ours\n",
        keeps=_RULE + '=== pack.yaml\nname: ours\nversion: "1"\n',
    ),
    Code(
        code="BND101",
        title="a clause is bound to an unknown check",
        why="The clause would read as checked by machine, and nothing would check it.",
        breaks=_RULE + _SOP.replace("check=sapa", "check=sappa"),
        keeps=_RULE + _SOP,
    ),
    Code(
        code="BND102",
        title="a check has no such parameter",
        why="What the clause sets would be ignored; people would read a limit that the machine does not use.",
        breaks=_RULE + _SOP.replace("limit=2m", "limits=2m"),
        keeps=_RULE + _SOP,
    ),
    Code(
        code="BND103",
        title="a parameter's value does not fit",
        why="Limits are written 45s, 2m, 1h30m, 24h or 2d, and none is 0m; counts are whole numbers; a "
        "choice is one of the words that its check allows; phrases are words as an agent would write them, "
        "with | between them. "
        "What a clause is for (priority, category, channel) is one word or several, and a channel is one "
        "that the SOP governs.",
        breaks=_RULE + _SOP.replace("limit=2m", "limit=fast"),
        keeps=_RULE + _SOP,
    ),
    Code(
        code="BND105",
        title="a clause does not set what its check needs",
        why="Some checks judge nothing by themselves: must-say needs the phrases that must be said.",
        breaks=_RULE.replace("{limit: 2m}", "{limit: {kind: duration}}") + _SOP.replace(" limit=2m", ""),
        keeps=_RULE.replace("{limit: 2m}", "{limit: {kind: duration}}") + _SOP,
    ),
    Code(
        code="BND106",
        title="the public holidays of a country are not known",
        why="With `holidays` in an SOP's hours, its limits stand still on public holidays. A country without "
        "a calendar cannot be counted, and every limit of the SOP would be undecided.",
        breaks=_RULE + _SOP.replace("review_every: 90d", "review_every: 90d\n" + _HOURS.replace("ID", "XX")),
        keeps=_RULE + _SOP.replace("review_every: 90d", "review_every: 90d\n" + _HOURS),
    ),
    Code(
        code="BND107",
        title="a clause counts opening hours that its SOP does not have",
        why="With clock=business only opening hours count, and those stand in the front matter's `hours`. "
        "Without them all time counts, which is not what the clause says.",
        breaks=_CLOCKED + _SOP.replace("limit=2m", "limit=2m clock=business"),
        keeps=_CLOCKED + _SOP.replace("limit=2m", "limit=2m clock=always"),
    ),
    Code(
        code="BND108",
        title="a message lies in a year without a calendar",
        why="Opening hours are laid out from 1970 to 2100, public holidays as far as their calendar goes. "
        "What was to be measured in another year is undecided; its date is probably wrong. It takes a "
        "conversation to show it, so there is no snippet.",
    ),
    Code(
        code="BND109",
        title="a procedure has too few steps that show in a chat",
        why="The order of steps can be judged when at least two of them show: by act=greeting, by "
        'says="one phrase | another", by event=closed, or by a check that expects a single act.',
        breaks=_RULE.replace("{limit: 2m}", "{steps: {kind: steps}}") + _SOP.replace(" limit=2m", ""),
        keeps=_RULE.replace("{limit: 2m}", "{steps: {kind: steps}}")
        + _SOP.replace("limit=2m", 'steps="salam > event: closed"'),
    ),
    Code(
        code="BND104",
        title="an SOP has no release",
        why="Its draft can change any day, so a finding against it cannot be held against anybody. Say "
        "with --draft that drafts are meant. Every SOP whose folder has no `releases/index.yaml` shows it.",
    ),
    *CONSISTENCY_CODES,
)
