from .exports import export_json as export_json
