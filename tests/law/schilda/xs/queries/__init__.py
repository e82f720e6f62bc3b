"""What may be asked of the town without a case."""

from heller.model.text import Text, text

QUERIES: dict[str, Text] = {"salt": text("What is sown on the salt field.")}
