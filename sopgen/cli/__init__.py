"""The command line: strings the stages together, prints, reads the environment and the clock, and exits.

Decisions

- One module a command, one literal table of them (`main.COMMANDS`). A command's module is imported when the
  command is called, so that `sopgen --help` and `sopgen --version` answer at once.
- A command's function composes: it gathers diagnostics, calls the library, shows the result, and returns the
  exit status. What a stage knows never lives here; what a person sees is drawn in `screen/`.
- Results go to standard output, everything else (diagnostics, progress, errors) to standard error, so that
  `sopgen check … --json | jq` works. With `--json` standard output holds exactly one JSON document.
- Exit status: 0 clean; 1 diagnostics or findings at or above the threshold; 2 a call that cannot be; 3 and
  up by error family (`sopgen.base.errors`); 70 a bug, with its traceback; 130 interrupted, 143 asked to end
  (SIGTERM, which is taken as Ctrl+C is).
- A log (`log`) is written where one is asked for, by `--log` or `[log]`: stdlib logging, JSON Lines, events
  made of counts, codes and identifiers. Nothing that was said and no name gets in; a canary test holds it.
- What a terminal would obey (escape sequences, bidirectional overrides) is shown, never sent: file names,
  chats and SOPs come from outside.
"""
