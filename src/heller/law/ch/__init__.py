"""The law of Switzerland: no cap by statute, 5 % flat, ten years; costs differ by canton and are left open."""
