"""Personal data in a text: where it stands, of what kind, and in a form in which two texts can be compared.

Decisions
- What a number is, its form and the words beside it decide together. A form that says it all (a valid mobile
  number, a card's number with issuer and check digit, a NIK of a real district and date) needs no word; a
  word ("NIK", "rekening") makes a number count whose form is wrong, because people mistype. A word for
  something else ("resi", "pesanan", "VA") makes it nobody's.
- Checksums, districts and numbering plans come from python-stdnum and phonenumbers, not from us. Both are
  imported when the first candidate turns up.
- Masked forms (`08xx`, `****1234`, `b***@mail.com`) are no personal data.
- Fixed lines and streets have kinds of their own (`landline`, `street`): by their form they may be a home's
  or an office's. Who uses them decides by the words around.
- Whose datum it is (the customer's, the company's) is not asked here: that is the business of the act that
  uses the detector, in its guards.
- Every text is walked a fixed number of times; what is tried at one place is bounded. So time grows with the
  length, whatever the text.
"""
