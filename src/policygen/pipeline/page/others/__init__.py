"""What others bring, as the page of `serve` asks for it: policies, copies, forms, old documents."""
