"""The same process seen from outside: started, heard, ended, and what its words come to."""
