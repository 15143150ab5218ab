"""The acts as a component of a spaCy pipeline."""

import spacy


def test_a_spacy_pipeline_marks_acts() -> None:
    """The component is found by its name alone, marks words with acts, and tells chances."""
    nlp = spacy.blank("id")
    nlp.add_pipe("sopgen_acts", config={"role": "agent"})
    doc = nlp("Halo kak, mohon maaf ya. Boleh infokan kode OTP yang masuk?")
    acts = {span.label_: span.text for span in doc.spans["sopgen_acts"]}
    assert "maaf" in acts["apology"]
    assert "OTP" in acts["secret-request"]
    assert doc._.sopgen_chances["secret-request"] > 0.5


def test_the_words_before_are_heard() -> None:
    """What the other party said just before has a share in the chances."""
    nlp = spacy.blank("id")
    nlp.add_pipe("sopgen_acts", config={"role": "customer"})
    docs = [nlp.make_doc("iya sudah"), nlp.make_doc("iya sudah")]
    docs[1]._.sopgen_before = "Sudah bisa masuk, Kak?"
    alone, answering = (nlp(doc)._.sopgen_chances["satisfied"] for doc in docs)
    assert alone != answering
