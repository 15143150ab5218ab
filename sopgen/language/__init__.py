"""What each message does: one text in, the acts it performs out.

Decisions
- Texts are folded, never rewritten (`normal`): case, accents, look-alike letters and invisible marks go, but
  no slang is replaced, because replacing it blindly changes meanings. Spelling variants live in the patterns
  instead: every word of a cue also stands for the variants that `lexicons/words.yaml` lists, and every letter
  may be drawn out ("maaaaf"). Offsets therefore map back to the original text one to one.
- A cue is a phrase in a small language (`phrase`), compiled to RE2: packs come from anyone, so every
  pattern runs in linear time. Nine of ten are words in a row, and those are walked instead, from word to
  word (`trail`, `trail_index`): what a word of a text is to all cues is worked out once (`word_form`). A walk
  finds what the pattern finds, and where that is not certain, the pattern is asked.
- Patterns written by hand need signs (`sign`): words without which they cannot be found. The words of a text
  tell which few of them are worth trying (`shortlist`); only those are located, and compiled when first
  tried. Signs only save time: leaving them out would change no hit.
- Guards (`guard`) take hits back: an exception around the hit, a negation before it, quotation marks.
- What no phrase can describe has a detector (`detector`; personal data: `personal`). An act names it in its
  file, and its guards speak about the hits by their kind: whose number it is, the words around say.
- Where an act asks for it, a small linear model (`linear`, made by `training`) and a small network over words
  in their order (`network`, made by `network_training`) add what cues miss and take back where they misfire
  (`opinion`). They hear the other party's last words too.
- A message is heard in the light of what is said around it (`listener`, `context`): the chances of a whole
  conversation are weighed once more, each by those of its neighbours on both sides, by a small network made
  by `context_training`. What the model thinks of a message by itself is remembered; what it does is decided
  conversation by conversation.
- Where a check is thorough, a small encoder reads what is still in doubt, and what was said around it, and
  has its say last (`encoder`).
- A text is cut into words once, for the models of its speaker and of who answers it (`vocabulary`).
- Cues are a function of the speaker and the text alone, the model's opinion of those and the words before, so
  each is worked out once and remembered.
- If spaCy is used, it is used here alone.
"""
