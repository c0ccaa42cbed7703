"""Forms of the words that stand on a page in a way of their own: the chart, a checklist."""
