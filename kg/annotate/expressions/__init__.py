"""What times and quantities share: words and numbers, rules over them, the calendar, and the words that govern an expression."""
