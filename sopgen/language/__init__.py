"""What each message does: one text in, the acts it performs out. The only home of spaCy.

Decisions
- Texts are folded, never rewritten (`normal`): case, accents, look-alike letters and invisible marks go, but
  no slang is replaced, because replacing it blindly changes meanings. Spelling variants live in the patterns
  instead: every word of a cue also stands for the variants that `lexicons/words.yaml` lists, and every letter
  may be drawn out ("maaaaf"). Offsets therefore map back to the original text one to one.
- A cue is a phrase in a small language (`phrase`), compiled to RE2: packs come from anyone, so every
  pattern runs in linear time. One RE2 `Set` pass over a text names the cues that hit; only those are located.
- Guards (`act`) take hits back: an exception around the hit, a negation before it, quotation marks.
- Everything is a function of the text and the speaker alone, so each distinct text is recognised once.
"""
