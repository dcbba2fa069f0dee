"""Sealed workbooks (定稿): what they mean, the digest and the signature over it, and checking both (复核)."""
