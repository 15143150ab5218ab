"""When something is said to be done by: "15 menit", "1x24 jam", "besok siang", "by 5 pm", "2 hari kerja".

Decisions
- Read here is what the words say, not yet which instant they mean: that takes the message's time and the
  calendar of the service, which language does not know (`compliance.due`).
- Of a span ("2-3 hari") the longer end counts: it is what was promised at the latest.
- Hours and minutes count from the message; days, weeks and months last until the end of their last day.
- A length that lies in the past ("sudah 2 hari", "3 hours ago") is no estimate, and neither is a word that
  stalls: "sebentar", "a moment", "segera".
- A time of day without morning or afternoon ("jam 3") says so, so that whoever knows the time can choose.
- Words of Indonesian and English are read alike, since one message mixes them.
"""
