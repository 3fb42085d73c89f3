"""The programs that serve others all day: an assistant that asks by the Model Context Protocol, and an editor by the
Language Server Protocol. Each opens an archive once and asks it through the pipeline, as the commands do."""
