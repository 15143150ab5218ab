"""What was worked out before, kept on the disk for the next process: only time hangs on it, never a result.

Decisions (2026-11-22):

- What is kept is a function of what its key is a hash of: the bytes of all files it was made from and how
  they are called, and who made it (`fingerprint`: sopgen's version and its code as it lies on the disk,
  Python's version, the libraries that read text, the number of the form). Nothing is ever brought up to date:
  another key is another file, and what nobody asks for goes when room is needed (`store`).
- A file that is damaged, cut short, somebody else's, open to others, too large or of another form is as good
  as none: the value is made anew, and written again. On a disk that is full or cannot be written to, nothing
  is kept; nothing is told, and nothing fails.
- The folder is the user's own (0700), and so is each file in it (0600), written beside its place and renamed:
  several processes may begin at once, and each sees a whole file or none. Before a file is read, the folder
  and the open file must belong to the user and be writable by nobody else; symbolic links are not followed.
- Values are pickles: nothing else that Python has brings back tens of thousands of small values that share
  their parts about as fast. But a pickle read by Python's own reader may run anything, so these are read by
  one that knows a closed list of classes (`form`); whatever else a file names, it is no form of ours. Classes
  are filled field by field and not called, but for enumerations and times, which do nothing: a file that
  somebody made by hand could at worst hold wrong values, as the checks themselves could, and who may
  write the one may write the other.
- A checksum tells damage from a value. It is no seal, for the same reason.
- Where the folder lies, and whether there is one, the command line says (`SOPGEN_CACHE`).

In flow values and what they were made from; out flow the same values. It knows no SOP, no check and no chat.
"""
