"""How a signature stands, in words."""

from __future__ import annotations

from addin.sealing.verify import SignatureState

__all__ = ["STATES"]

STATES = {
    SignatureState.UNSIGNED: "未签名：只能发现误改",
    SignatureState.TRUSTED: "签名可信",
    SignatureState.UNKNOWN: "签名人不在信任名单中",
    SignatureState.REVOKED: "签名的公钥已作废",
    SignatureState.FORGED: "签名不对",
}
