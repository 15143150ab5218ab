"""The left wing: SOPs become manuals, a site of HTML pages and a PDF each.

    Sop -> Manual (a version with its place in history) -> Body (safe HTML, made once)
        -> site page, and -> PDF

Decisions
- One body, two dresses. The clauses, chats and quick replies are turned into HTML once; the site's page and
  the PDF put the same body into different frames and style sheets. What an agent reads on a phone is what
  an auditor finds on paper, and the work is done once.
- Nothing an author writes is trusted. Markdown is rendered with raw HTML off; a link may lead to a place in
  the same SOP, to a harmless file in the SOP's own folder, or to https, http, mailto and tel. Anything else
  is a diagnostic with its line, and its text alone is shown. Author text is never a template.
- A flaw stops only its own version: that version is left out and reported, the others are built. In a
  released version, which nobody may edit any more, the same flaw is a warning and the page is built.
- No clock and no environment here: `as_of` and `created` come from the caller. `as_of` decides one thing,
  which releases have taken effect, so the same sources give the same bytes on every day on which none does.
  What is in force then is `latest`; a release to come is shown at its own address and says so. A reader's
  clock only takes back what has ceased to be true: that a version is still to come.
- Drafts are private: once an SOP has a release, its draft is built only when the caller asks for drafts.
- A released version's PDF is a frozen file; it is copied byte for byte when its hash is the approved one,
  else the version is left out. It is never rendered again. Its page comes from the frozen source and assets.
- A superseded version has a second PDF, `…-superseded.pdf`, made from the frozen source, with a mark on every
  page and the name of the approved file on its cover. It is what its page offers first: whoever prints an old
  version should hold a sheet that says so, and whoever audits it gets the approved bytes untouched.
- The handbook and the redlines are copies for daily use; neither is an approved file.
- A PDF is a `Sheet` before it is rendered, a plain value that can go to another process; a digest of all that
  goes into it names it in the store `output/.cache`, which can be deleted any time. A build of unchanged
  inputs does nothing (`record`). What of the machine shapes the bytes is in the digest too (`machine`).
- Old and new output change places in one step (`exchange`), after every link of the new site was followed.
- A theme is worn by a whole build (`template.dressed`). The PDF's colours are written into its style sheet
  before the renderer reads it: custom properties would be looked up for every element.
- Where the newest release is withheld because it was changed, the site has no latest version of that SOP:
  an older one must not pass for it.
- The site works from `file://`, without JavaScript, and asks nothing of any other host. A page loads one
  style sheet and one script; the Content-Security-Policy allows nothing inline. The search and its index
  are scripts too, since a page from a disk may not fetch, and are loaded when someone searches.
- A permalink never ends in nothing. Every page knows the places that other versions have and it lacks;
  where a permalink names one, `:target` shows what became of it, without a script. An id that was renamed
  leads on.
- Words are cut to their roots in the reader's browser alone, those of the index and those of the query by
  the same rules, so the two cannot disagree. A word has several possible roots; the fewer affixes were
  taken off, the more a match counts. The site is built without a stemmer, and no dictionary has to be kept.
- What a reader fills into a quick reply is kept nowhere: it is a customer's name.
- Diagrams and glossary links are drawn from the words of the SOP; a step that does not read as a branch
  stays one box. The steps themselves are the text of a diagram.
- On paper there are no diagrams: they say again what the steps below them say, and a reader of a tagged PDF
  would hear every step twice.
- The caller says what the checks are called (`Theme.checks`) and how clauses were kept lately
  (`Theme.compliance`): the manual knows no checker. The latter stands on the site's pages alone: what was
  approved, printed or sent around says the same for ever. It is part of the theme, so a build stands as long
  as the figures do.
- Colours stand once, each as `light-dark()`. What chooses is `color-scheme`: the system, or the reader
  (`theme.js`, which runs before anything is drawn), and always light on paper.
- A section out of sight is laid out when it comes near (`content-visibility`); a permalink still lands on its
  clause. A reply's fields are made when it comes near, too: to look at a new field, browsers lay out the
  whole section that it is in. Styles and scripts are sent without remarks and indentation (`lean`).
- Words that are plain, or plain and bold, are written without a parse, by the same rules as the parser's.
- A served site keeps its pages for days without a network, but asks the network first: nobody may follow a
  superseded SOP because a browser kept it. What was not kept (PDFs) has a page that says so.
- Ids that the frames need start with an underscore, which no SOP id does.
- The PDF's text font is cut from a pinned package (`scripts/fonts`): a variable font is made a fixed one for
  each PDF that it is in, which took a quarter of the time. What the cuts lack comes from the whole font.
  Emoji come from the machine by fallback: naming a colour emoji font in `font-family` would take the digits.
- WeasyPrint, and through it Pango, is met in `pdf` alone and loaded when the first PDF is rendered.
"""
