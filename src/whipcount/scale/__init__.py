"""Many pages at once: processes that each have the models, and Parquet in parts that can go on."""

from whipcount.scale.manifest import Part
from whipcount.scale.parts import Done, Run, by_processes
from whipcount.scale.pool import in_order
from whipcount.scale.work import Settings, Worker

__all__ = ["Done", "Part", "Run", "Settings", "Worker", "by_processes", "in_order"]
