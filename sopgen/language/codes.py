"""The codes of word lists and acts, LEX1xx and ACT1xx. A snippet holds files: `=== path` begins one."""

from sopgen.base.code import Code

_ACT = """=== acts/salam.yaml
act: salam
title: {id: Salam, en: Greeting}
role: any
cues: {id: [halo, selamat pagi]}
examples: {hit: [halo kak], miss: [baik kak]}
"""

_LINE = '{"role": "agent", "before": "", "text": "halo kak", "labels": ["greeting"]}'

CODES = (
    Code(
        code="MDL101",
        title="a trained model cannot be read",
        why="A file of `model/` is damaged or was made by another version. No snippet of text can show it.",
    ),
    Code(
        code="MDL102",
        title="there are no training lines",
        why="A model of nothing would look like a model. No snippet can show an empty folder.",
    ),
    Code(
        code="MDL103",
        title="a training line is broken",
        why="Each line is one JSON object with role, before, text and labels.",
        breaks=f"=== training/own.jsonl\n{_LINE[:-1]}\n",
        keeps=f"=== training/own.jsonl\n{_LINE}\n",
    ),
    Code(
        code="MDL104",
        title="training needs scikit-learn",
        why="It is an extra, because checking needs none of it. No snippet can uninstall it.",
    ),
    Code(
        code="MDL105",
        title="labels.yaml of the training lines cannot be used",
        why="It says what each label means and where it was looked for; without it the lines teach nothing. "
        "No snippet of text can show a folder of lines.",
    ),
    Code(
        code="MDL106",
        title="the encoder needs onnxruntime",
        why="It is an extra, because only --thorough and `sopgen train` ask the encoder. No snippet can "
        "uninstall it.",
    ),
    Code(
        code="MDL107",
        title="there is no encoder to be thorough with",
        why="The encoder comes with the default checks (model/encoder). No snippet of text can show a folder "
        "without one.",
    ),
    Code(
        code="MDL108",
        title="the networks, or the correction by context, were made for other models",
        why="`network.npz` and `context.npz` weigh the labels of the models beside them, by their order. No "
        "snippet of text can show a folder of models.",
    ),
    Code(
        code="LEX101",
        title="a word list cannot be read",
        why="Word lists are UTF-8 text. A file in another encoding is left out, and cues that refer to "
        "its words find nothing. No snippet of text can show a broken encoding.",
    ),
    Code(
        code="LEX102",
        title="words.yaml has another shape",
        why="Every word maps to a list of its other spellings.",
        breaks="=== lexicons/words.yaml\nmaaf: maap\n",
        keeps="=== lexicons/words.yaml\nmaaf: [maap]\n",
    ),
    Code(
        code="LEX103",
        title="a filler cannot be read",
        why="Every line of lexicons/filler.txt is a phrase in the language of cues. It is left out.",
        breaks="=== lexicons/filler.txt\n(kak\n",
        keeps="=== lexicons/filler.txt\n(kak|bang)\n",
    ),
    Code(
        code="ACT101",
        title="an act file has another shape",
        why="An act says whose words it knows, by which cues, and shows texts that hit and that do not.",
        breaks=_ACT.replace("role: any", "role: anyone"),
        keeps=_ACT,
    ),
    Code(
        code="ACT102",
        title="an act and its file have different names",
        why="Rules find an act by its name; people find it by its file.",
        breaks=_ACT.replace("act: salam", "act: sapaan"),
        keeps=_ACT,
    ),
    Code(
        code="ACT103",
        title="an act without examples",
        why="An act that nobody has tried is a guess. It does not load.",
        breaks=_ACT.replace("hit: [halo kak], miss: [baik kak]", "hit: [], miss: []"),
        keeps=_ACT,
    ),
    Code(
        code="ACT105",
        title="an act trusts the model beyond what a probability can be",
        why="`accept` and `veto` are probabilities, and what vetoes cannot be more than what is accepted. "
        "Otherwise the model would never, or always, be believed.",
        breaks=_ACT + "model: {label: greeting, accept: 80}\n",
        keeps=_ACT + "model: {label: greeting, accept: 0.8}\n",
    ),
    Code(
        code="ACT106",
        title="an act that nothing can find",
        why="An act is found by cues, a detector or the model; `kinds` choose among what a detector finds.",
        breaks=_ACT.replace("cues: {id: [halo, selamat pagi]}", "kinds: [phone]"),
        keeps=_ACT.replace("cues: {id: [halo, selamat pagi]}", "detector: personal-data\nkinds: [phone]"),
    ),
    Code(
        code="ACT107",
        title="an act hangs on another that does not exist",
        why="`outright` names the act, known by cues alone, that also performs this one, whatever the model "
        "says. Without that act only the model decides.",
        breaks=_ACT + "outright: greetings\n",
        keeps=_ACT,
    ),
    Code(
        code="ACT104",
        title="a cue cannot be read",
        why="A cue is words, (a|b), [optional], … for a gap, <group>, or an RE2 /pattern/. It is left out.",
        breaks=_ACT.replace("[halo, ", "[(halo, "),
        keeps=_ACT.replace("[halo, ", "[(halo|hai), "),
    ),
)
