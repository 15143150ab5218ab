"""sopgen: one source, two readers.

A clause of a Standard Operating Procedure is written once; people read it in a versioned manual, and the
checker holds conversations against it.

The house has two wings over one ground:

    base/          where a thing stands in a file; diagnostics; the error tree; chat notation's syntax
    sop/           what an SOP is            ->  manual/    SOPs become HTML and PDF
    conversation/  what was said             ->  language/  what each message does
    compliance/    clauses held against conversations -> runs/ many of them -> quality/ what people make of it
    cli/           strings the stages together, prints, reads the environment and the clock

Imports go one way; `lint-imports` checks it with the contracts in `pyproject.toml`.
"""

__version__ = "0.1.0"
