"""E-mails, texts and posted letters to customers (TMF681), and how they leave the house."""
