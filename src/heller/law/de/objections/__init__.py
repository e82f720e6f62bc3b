"""What a provider may say against a claim under German law: one file each, with its OBJECTION. Put a file here and it
is found."""
