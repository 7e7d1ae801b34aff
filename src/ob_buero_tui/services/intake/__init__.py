"""The way in: mails and calendar files become requests and appointments, each file one action."""
