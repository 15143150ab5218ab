"""Clauses held against conversations: rules, constraints, verdicts.

Decisions
- A rule is data (`checks/rules/<name>.yaml`): when it applies, what it expects, what it says. Only a new
  *kind* of constraint is code; the kinds are the closed table `constraints.KINDS`, named after Declare.
- Constraints speak about *selections*: messages or turns, chosen by role, kind, acts, range, and by what
  stands before or after them (`selector`). A selection that many rules share has a name, a moment
  (`checks/moments/`).
- A project's own folder of checks adds rules, replaces files by name, and changes severity, weight, wording
  and default parameters in `overrides.yaml` without copying (`override`). Examples are tried as changed.
- Activation is first-class: a rule whose `when` does not hold says `na`, never `pass`.
- A violation that later messages could still cure is `undecided` while the conversation is open (`--as-of`).
- Times are compared with the clock's precision in mind: what a clock of minutes cannot tell is `undecided`.
- A conversation is held against the SOP version that was in force when it began.
- A departure belongs to the author of the message that is its evidence, not to the last agent.
"""
