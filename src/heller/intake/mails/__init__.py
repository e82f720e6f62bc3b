"""Mails beyond their standard: Outlook's compound files, the words of HTML."""
