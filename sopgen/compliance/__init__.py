"""Clauses held against conversations: rules, constraints, verdicts.

Decisions
- A rule is data (`checks/rules/<name>.yaml`): when it applies, what it expects, what it says. Only a new
  *kind* of constraint is code; the kinds are the closed table `constraints.KINDS`, named after Declare.
- Constraints speak about *selections*: messages or turns, chosen by role, kind, acts, range, and by what
  stands before or after them (`selector`). A selection that many rules share has a name, a moment
  (`checks/moments/`).
- A project's own folder of checks adds rules, replaces files by name, and changes severity, weight, wording
  and default parameters in `overrides.yaml` without copying (`override`). Examples are tried as changed.
- Conversations that the same versions govern are judged together, a batch at a time; one alone is a batch of
  one. They stand one after the other on a line of positions (`timelines`), and a selection is a set of these:
  one number with a bit for each message of all of them (`bits`, `selection`). A filter is a step from such a
  set to a smaller one (`sieve`, `window`, `trait`), and what a constraint comes to is a set of conversations,
  so that nearly all clauses cost some sums of long numbers a batch. What hangs on the clock or on the order
  of steps is judged conversation by conversation (`outcome.one_by_one`), and so is one that spans a release.
- What two clauses write alike is one piece of work, done once (`Compiling.shared`). Work says which acts of
  whose messages have a say in it, so that a doubtful act is tried on a twin that takes over all the rest
  (`certainty`); twins are laid out on a line too (`twins`). The twelve greatest doubts that a verdict hangs
  on count, of all that was heard of the conversation. An outcome shows where one sees it only to who asks.
- Activation is first-class: a rule whose `when` does not hold says `na`, never `pass`.
- A clause may be for some conversations only (`priority=`, `category=`, `channel=`), so that a check is bound
  several times with several limits (`choosing`). For all others it says `na` and why, and so it does where
  the record says nothing. Clauses that can meet in one conversation may not demand different limits; one
  that chooses beside one that does not is a stricter rule for some, not a contradiction.
- A violation that later messages could still cure is `undecided` while the conversation is open (`--as-of`).
- Times are compared with the clock's precision in mind: what a clock of minutes cannot tell is `undecided`.
- Limits are held against the working clock (`opening`) where the SOP sets `hours`: several intervals a day,
  its time zone, the public holidays of its country as the `holidays` library knows them. A clause opts out
  with `clock=always`; the reason says which clock it was. The clock of a moment, and of a gap that says
  `clock: always` (how long a customer kept silent), always runs. A day of such a limit is as long as the
  service is open on an average open day, so `3d` is three working days and `24h` twenty-four opening hours.
- With `pause=waiting-for-customer` the time between an agent's question and the customer's next message does
  not count (`meter`). Limits on how fast an agent answers have no such choice.
- A limit that is still running when the conversation ends decides nothing: `na`, and `undecided` while it is
  open. A conversation ends with the last word of a party or its agent's close; ratings and closes by a system
  show nothing.
- A promise is what its words say, read late rather than early (`language.estimate`, `due`): nobody is held to
  a time that they did not name. Words without a time zone are a range of instants (`promise`).
- Each message belongs to the SOP version that was in force when it was written, and a verdict to the version
  of the words that decide it (`era`). Where a release falls into a conversation, both versions see the whole
  of it, and each answers for its part: a finding stands under the version of its evidence (of an answer's
  time: of the question), a demand that was met under the version of the words that met it, one that no
  words could be blamed for missing under the version in force at the end, and a kept prohibition under each
  version in whose time the clause was called for. All else is `na` there, and the reason says so. So every
  version has one verdict a clause, no finding stands twice, and a release that changes nothing changes no
  finding. What a bot or a system adds later puts no conversation under a new version.
- A departure belongs to the author of the message that is its evidence, not to the last agent.
"""
