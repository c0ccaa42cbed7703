"""What gives a policy its look: the theme, its fonts, the logo."""
