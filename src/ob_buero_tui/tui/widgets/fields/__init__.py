"""Forms made from the catalog: one control for each type of field, and the rows and sections around them."""
