"""Many pages at once: processes that each have the models, and Parquet in parts that can go on."""

from whipcount.scale.parts import Done, Part, Run
from whipcount.scale.pool import in_order
from whipcount.scale.work import Settings, Worker

__all__ = ["Done", "Part", "Run", "Settings", "Worker", "in_order"]
