#!/usr/bin/env node
// Runs main.ts without a build step, wherever the package is installed.
'use strict';
require('tsx/cjs');
require('./main.ts');
