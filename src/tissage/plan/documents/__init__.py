"""What a plan prints: one sheet an action, one sheet a partner. The page and the PDF say the same values."""
