"""A flow as these tests mean it, independent of how the product sees one."""

import dataclasses
import ipaddress

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


@dataclasses.dataclass(frozen=True)
class Flow:
    """Times are Unix seconds; `first` and `last` may carry milliseconds."""

    source: str
    destination: str
    source_port: int = 40000
    destination_port: int = 443
    protocol: int = 6
    packets: int = 3
    bytes: int = 180
    first: float = 1_795_255_200.0  # 2026-11-21T10:00:00Z
    last: float = 1_795_255_201.0

    @property
    def ends(self) -> tuple[Address, Address]:
        return ipaddress.ip_address(self.source), ipaddress.ip_address(self.destination)

    @property
    def is_v6(self) -> bool:
        return self.ends[0].version == 6
