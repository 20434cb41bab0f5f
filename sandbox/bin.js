#!/usr/bin/env node
// Runs main.ts as it is, wherever the package is installed.
'use strict';
require('tsx/cjs');
require('./main.ts');
