"""What a person sees at the terminal: tables, diagnostics, errors, progress, and JSON for programs.

Drawing only: values come in, characters go out. rich draws on a terminal; a pipe or a file gets the same
words without colour. Whatever came from outside is made harmless first (`plain`).
"""
