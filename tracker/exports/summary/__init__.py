"""The appointment's PDF: a report on one page, and every night behind it where asked for."""
