@echo off
rem Starts Manabi: finds a JDK 25, builds the command line when that is needed, and runs it.
rem
rem   MANABI_JAVA_HOME   the JDK to use; otherwise JAVA_HOME, PATH and the usual folders are tried
rem   MANABI_JAVA_OPTS   more options for the Java virtual machine
rem
rem It also works outside the checkout, beside a copy of cli\target\dist's manabi.jar and lib.
setlocal EnableExtensions DisableDelayedExpansion

set "ROOT=%~dp0"
set "DIST=%ROOT%"
if exist "%ROOT%pom.xml" set "DIST=%ROOT%cli\target\dist\"
set "JAR=%DIST%manabi.jar"

rem --- which Java? A JDK's release file tells its version. ---
set "JAVA_FOUND="
if not defined MANABI_JAVA_HOME goto search
call :accept "%MANABI_JAVA_HOME%"
if defined JAVA_FOUND goto found
echo manabi: MANABI_JAVA_HOME=%MANABI_JAVA_HOME% is not the folder of a JDK 25 or newer. 1>&2
exit /b 1

:search
if defined JAVA_HOME call :accept "%JAVA_HOME%"
if not defined JAVA_FOUND for %%J in (javac.exe) do if not "%%~$PATH:J"=="" call :accept "%%~dp$PATH:J.."
if not defined JAVA_FOUND (
    for %%V in ("Eclipse Adoptium" "Java" "Microsoft" "Zulu" "Amazon Corretto" "BellSoft" "Semeru") do (
        for /d %%H in ("%ProgramFiles%\%%~V\*") do call :accept "%%~H"
    )
)
if not defined JAVA_FOUND for /d %%H in ("%USERPROFILE%\.jdks\*") do call :accept "%%~H"
if not defined JAVA_FOUND for /d %%H in ("%USERPROFILE%\scoop\apps\*jdk*") do call :accept "%%~H\current"
if not defined JAVA_FOUND (
    echo manabi: no JDK 25 or newer was found; install one, for example from https://adoptium.net, or set MANABI_JAVA_HOME to its folder. 1>&2
    exit /b 1
)

:found
rem --- is a build needed? Exit code 1 of the question means: a source is newer than the jar. ---
if not exist "%ROOT%pom.xml" goto run
if not exist "%JAR%" goto build
powershell -NoProfile -Command "$built = @('manabi.jar', 'built') | ForEach-Object { Join-Path $env:DIST $_ } | Where-Object { Test-Path $_ } | ForEach-Object { (Get-Item $_).LastWriteTime } | Sort-Object | Select-Object -Last 1; $newer = Get-ChildItem -Path (Join-Path $env:ROOT 'pom.xml'), (Join-Path $env:ROOT '*\pom.xml'), (Join-Path $env:ROOT '*\src\main') -Recurse | Where-Object { $_.LastWriteTime -gt $built } | Select-Object -First 1; if ($newer) { exit 1 }"
if not errorlevel 1 goto run

:build
where mvn >nul 2>nul
if errorlevel 1 (
    echo manabi: Maven is needed to build Manabi: install Maven 3.8.7 or newer so that 'mvn' is on the PATH. 1>&2
    exit /b 1
)
echo Building Manabi once (about half a minute)... 1>&2
if not exist "%ROOT%target" mkdir "%ROOT%target"
set "LOG=%ROOT%target\launcher-build.log"
setlocal
set "JAVA_HOME=%JAVA_FOUND%"
set "PATH=%JAVA_FOUND%\bin;%PATH%"
set "MAVEN_OPTS=-XX:TieredStopAtLevel=1 -XX:+UseSerialGC %MAVEN_OPTS%"
pushd "%ROOT%"
call mvn -B -ntp -Dquick -pl cli -am package >"%LOG%" 2>&1 <nul
set "STATUS=%ERRORLEVEL%"
popd
endlocal & set "STATUS=%STATUS%"
if not "%STATUS%"=="0" (
    findstr /b /c:"[ERROR]" "%LOG%" 1>&2
    echo manabi: the build failed; the whole log is in %LOG% 1>&2
    exit /b 1
)
type nul >"%DIST%built"

:run
set "COLLECTOR=-XX:+UseSerialGC"
if defined MANABI_JAVA_OPTS if not "%MANABI_JAVA_OPTS:GC=%"=="%MANABI_JAVA_OPTS%" set "COLLECTOR="
"%JAVA_FOUND%\bin\java.exe" %COLLECTOR% -XX:MaxRAMPercentage=75 %MANABI_JAVA_OPTS% -jar "%JAR%" %*
exit /b %ERRORLEVEL%

rem --- sets JAVA_FOUND to the folder %1 if it holds a JDK 25 or newer and none was found yet ---
:accept
if defined JAVA_FOUND exit /b 0
if not exist "%~1\bin\javac.exe" exit /b 0
if not exist "%~1\release" exit /b 0
for /f "tokens=2 delims==" %%R in ('findstr /b "JAVA_VERSION=" "%~1\release"') do (
    for /f "tokens=1 delims=.-+" %%M in ("%%~R") do if %%M GEQ 25 set "JAVA_FOUND=%~f1"
)
exit /b 0
