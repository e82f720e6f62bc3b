"""The parts of the example case: shop, logs, tables, papers, mails."""
